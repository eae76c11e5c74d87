/** Where on an operator's own machine the browser comes back to after a sign-in for a command; Cognito wants the exact port. */
export const signInPort = 47_815;

/** The same as an address: the only kind without https that Cognito lets a client have. */
export const loopback = `http://localhost:${signInPort}/`;
