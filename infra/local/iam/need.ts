/** What is asked of a policy: one action on one resource, with what the request tells of itself. */
export interface Need {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  /** Other names of the resource; leave on one of them is enough. */
  readonly aliases?: readonly string[];
  /** The values of a condition key in this request; undefined when it has none. */
  value(key: string): readonly string[] | undefined;
}

/** Condition keys that can be told of a request, each with how many values it may have in one. */
export type ConditionKeys = Readonly<Record<string, 'one' | 'many'>>;

/** Of calls of functions (service authorization reference: an array of strings, a string). */
export const callKeys = { 'dynamodb:LeadingKeys': 'many', 'ses:FromAddress': 'one' } as const;

/** Of what services of AWS do for a resource of their own. */
export const serviceKeys = { 'aws:SourceArn': 'one', 'aws:SourceAccount': 'one' } as const;

/** A need that has no condition keys. */
export const plainNeed = (action: string, resource: string): Need => ({
  action,
  resource,
  value: () => undefined,
});

/** What a service asks for a resource of an account. */
export const serviceNeed = (action: string, resource: string, source: string, account: string): Need => {
  const values = { 'aws:SourceArn': [source], 'aws:SourceAccount': [account] } as const;
  return { action, resource, value: (key) => values[key as keyof typeof values] };
};
