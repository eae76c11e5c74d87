/** What a Lambda authorizer granted: who, under which policy, and strings for `requestContext.authorizer`. */
export interface Grant {
  readonly principalId: string;
  readonly policyDocument: unknown;
  readonly context: Readonly<Record<string, string>>;
}

/** Reads an authorizer's answer. Throws with the fault when API Gateway would call it misconfigured. */
export function grantOf(payload: unknown): Grant {
  if (typeof payload !== 'object' || payload === null)
    throw new Error('the authorizer must answer an object');
  const { principalId, policyDocument, context } = payload as Record<string, unknown>;
  if (typeof principalId !== 'string' || principalId === '')
    throw new Error('the authorizer must answer a principalId');
  return { principalId, policyDocument, context: contextOf(context ?? {}) };
}

function contextOf(context: unknown): Record<string, string> {
  if (typeof context !== 'object' || context === null)
    throw new Error('the authorizer context must be an object');
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => {
      if (!['string', 'number', 'boolean'].includes(typeof value)) {
        throw new Error(
          `the authorizer context may hold strings, numbers and booleans only; ${key} is ${typeof value}`,
        );
      }
      return [key, String(value)];
    }),
  );
}
