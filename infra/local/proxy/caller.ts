/** Who calls: one environment of a function. */
export interface Caller {
  /** Logical id of the function. */
  readonly function: string;
  /** Number of the environment, from 1. */
  readonly environment: number;
}

/** The access key id of an environment. It takes the place of the temporary keys that a role gives in AWS. */
export const accessKeyOf = ({ function: id, environment }: Caller): string => `local-${id}-${environment}`;

/** The environment that has this access key; undefined when it is no environment's. */
export function callerOf(accessKey: string): Caller | undefined {
  const [, id, environment] = /^local-([A-Za-z0-9]+)-([1-9]\d*)$/.exec(accessKey) ?? [];
  return id === undefined ? undefined : { function: id, environment: Number(environment) };
}

const signed = /^AWS4-HMAC-SHA256\s+(?:.*,\s*)?Credential=([^/,\s]+)\//;

/** The access key id that a request was signed with, by its `Authorization`; undefined when nobody signed it. */
export const accessKeyIn = (authorization: string | undefined): string | undefined =>
  signed.exec(authorization ?? '')?.[1];
