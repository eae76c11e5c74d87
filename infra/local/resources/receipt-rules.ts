import * as z from 'zod';
import type { Core } from '../core.ts';
import { startMailServer } from '../mail-in/server.ts';
import type { Resource, ResourceKind } from '../resource.ts';
import { physicalName } from './identity.ts';

const Action = z.union([
  z.strictObject({
    S3Action: z.strictObject({ BucketName: z.string(), ObjectKeyPrefix: z.string().default('') }),
  }),
  z.strictObject({
    LambdaAction: z.strictObject({
      FunctionArn: z.string(),
      InvocationType: z.literal('Event').default('Event'),
    }),
  }),
]);

/** Other properties may change what becomes of a mail, so a rule that has them does not start. */
const Properties = z.strictObject({
  RuleSetName: z.string(),
  Rule: z.strictObject({
    Name: z.string(),
    Enabled: z.boolean().default(false),
    // Whole domains. Without any, SES takes the mail of all domains that it verified, of which there are none here.
    Recipients: z.array(z.string().regex(/^[a-z\d][a-z\d.-]*$/, 'only domains in small letters')).min(1),
    ScanEnabled: z.boolean().default(false),
    TlsPolicy: z.literal('Optional').default('Optional'),
    Actions: z.array(Action),
  }),
});

/** What becomes of the mails of some domains. */
export interface ReceiptRule {
  readonly arn: string;
  readonly domains: readonly string[];
  readonly isScanned: boolean;
  readonly actions: readonly z.infer<typeof Action>[];
}

/** Amazon SES receiving mail: each set of rules is a mail server of its own, as if it were the one in force. */
export const receiptRules: readonly ResourceKind[] = [
  {
    type: 'AWS::SES::ReceiptRuleSet',
    phase: 'door',
    identity: (declared) => ({ ref: physicalName(declared, 'RuleSetName'), attributes: {} }),
    keepsPort: () => 'where tools on this machine mail their alerts',
    async start(set, world: Core) {
      const rules = world
        .all<Record<string, unknown>>('AWS::SES::ReceiptRule')
        .filter(({ properties }) => properties.RuleSetName === set.identity.ref)
        .flatMap((rule) => readRule(rule, world));
      return startMailServer(world.port(set.id), rules, world);
    },
  },
  {
    type: 'AWS::SES::ReceiptRule',
    phase: 'function',
    identity: ({ id }) => ({ ref: id, attributes: {} }),
    async start(rule, world: Core) {
      readRule(rule, world);
      return undefined;
    },
  },
];

/** None for a rule that is switched off. Throws for what nobody here knows, and for what AWS would refuse. */
function readRule({ properties }: Resource, world: Core): readonly ReceiptRule[] {
  const found = Properties.safeParse(properties);
  if (!found.success)
    throw new Error(`the local runner does not know this rule:\n${z.prettifyError(found.error)}`);
  const { RuleSetName: set, Rule: rule } = found.data;
  if (!world.all('AWS::SES::ReceiptRuleSet').some(({ identity }) => identity.ref === set))
    throw new Error(`its rule set ${set} is not in the template`);
  const { account } = world;
  const arn = `arn:aws:ses:${account.region}:${account.id}:receipt-rule-set/${set}:receipt-rule/${rule.Name}`;
  for (const action of rule.Actions) {
    if (!('LambdaAction' in action)) continue;
    const { FunctionArn } = action.LambdaAction;
    if (world.mayInvoke('ses.amazonaws.com', FunctionArn, arn)) continue;
    throw new Error(`no AWS::Lambda::Permission lets SES invoke ${FunctionArn} for this rule`);
  }
  if (!rule.Enabled) return [];
  return [{ arn, domains: rule.Recipients, isScanned: rule.ScanEnabled, actions: rule.Actions }];
}
