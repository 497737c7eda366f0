/** Why no Python can be used, in a sentence that says what to do. */
export class NoPython extends Error {
  override readonly name = 'NoPython';
}
