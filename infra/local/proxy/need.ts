/** The leave that a call needs: one action on one resource. */
export interface Need {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  /** The values of a condition key in this call; undefined when the call has none. */
  value(key: ConditionKey): readonly string[] | undefined;
}

/** The condition keys that the local runner can tell of a call. */
export const conditionKeys = ['dynamodb:LeadingKeys', 'ses:FromAddress'] as const;
export type ConditionKey = (typeof conditionKeys)[number];

/** A need that has no condition keys. */
export const plainNeed = (action: string, resource: string): Need => ({
  action,
  resource,
  value: () => undefined,
});
