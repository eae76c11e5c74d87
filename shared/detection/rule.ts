import * as z from 'zod';
import { actions } from './rules/actions.ts';
import { clashesIn } from './rules/agreement.ts';
import { conditions } from './rules/conditions.ts';
import { group } from './rules/group.ts';

export { type GroupField, groupFields, SHORTEST_GROUPING } from './rules/group.ts';

/**
 * A detection rule. Rules are tried in order; the first enabled one that matches decides, but for those that say
 * `continue: true`: these only set what later ones, and the one that decides, go on with.
 */
export const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, dot, dash and underscore, 100 at most'),
    name: z.string().min(1).max(200),
    description: z.string().max(2_000).default(''),
    enabled: z.boolean().default(true),
    conditions: conditions.default(() => conditions.parse({})),
    group: group.default(() => group.parse({})),
    actions: actions.default(() => actions.parse({})),
    /** `true` only sets what later rules go on with. */
    continue: z.boolean().optional(),
  })
  .superRefine((rule, context) => {
    for (const { path, message } of clashesIn(rule))
      context.addIssue({ code: 'custom', path: [...path], message });
  });

export type Rule = z.infer<typeof ruleSchema>;

/** Whether a rule waits until several alerts or members fire. */
export const isCounting = ({ conditions }: Rule): boolean =>
  conditions.threshold > 1 || conditions.members !== undefined;

/** Takes every alert that no rule of the organisation matched: one incident per service. */
export const defaultRule: Rule = ruleSchema.parse({ id: 'default', name: 'Everything else' });
