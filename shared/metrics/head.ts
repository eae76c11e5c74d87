import type { Correlation, Incident } from '../incidents/index.ts';

const whole = [
  ...['id', 'number', 'title', 'state', 'severity', 'service', 'policy'],
  ...['openedAt', 'points', 'resolvedAt', 'mergedInto', 'deletedAt'],
] as const;

/** The attributes of a head that the metrics need; of its correlation only whether there is one, told by its shortest part. */
export const headFields: readonly string[] = [...whole, 'correlation.rule'];

type Part<One> = One extends unknown ? Pick<One, Extract<keyof One, (typeof whole)[number]>> : never;

/** What the metrics see of an incident: its head, or as much of it as the fields name. */
export type Head = Part<Incident> & { readonly correlation?: Pick<Correlation, 'rule'> };
