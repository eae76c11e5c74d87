/** A command line that cannot be understood; the message says what was got and what is allowed. */
export class WrongLine extends Error {}
