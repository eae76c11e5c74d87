/** A client of the SDK, as far as it can be made to do less. */
interface Client {
  readonly middlewareStack: { remove(name: string): boolean };
}

/**
 * The same client, which no longer describes each call for a log. Nobody keeps that log, and what is said in it is looked through
 * for secrets by the schema of each answer, which takes longer than to read the answer.
 */
export function unlogged<Made extends Client>(client: Made): Made {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
