/** The only way from a host to the database: from a port inside to a socket that the outside may cut. */
import { createConnection, createServer } from 'node:net';

const [port, socket] = process.argv.slice(2);
createServer((inside) => {
  const outside = createConnection(socket!);
  inside.pipe(outside).pipe(inside);
  inside.on('error', () => outside.destroy());
  outside.on('error', () => inside.destroy());
  outside.on('close', () => inside.destroy());
}).listen(Number(port), '127.0.0.1');
