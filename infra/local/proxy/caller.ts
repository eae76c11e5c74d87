/** Who calls: one environment of a function. */
export interface Caller {
  /** Logical id of the function. */
  readonly function: string;
  /** Number of the environment, from 1. */
  readonly environment: number;
}

/** The access key id of an environment. It takes the place of the temporary keys that a role gives in AWS. */
export const accessKeyOf = ({ function: id, environment }: Caller): string => `local-${id}-${environment}`;

/** The environment that signed a request; undefined for anybody else, such as the runner itself, a script or a test. */
export function callerOf(authorization: string | undefined): Caller | undefined {
  const [, id, environment] = /Credential=local-([A-Za-z0-9]+)-(\d+)\//.exec(authorization ?? '') ?? [];
  return id === undefined ? undefined : { function: id, environment: Number(environment) };
}
