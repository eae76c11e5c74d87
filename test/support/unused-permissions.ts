/** Permissions that no ordinary day uses, each with where they are used or why they are there. */
export const unusedHere: Readonly<Record<string, string>> = {};
