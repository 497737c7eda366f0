export async function main(args) {
  console.log('ran', args);
  return 0;
}
