import * as z from 'zod';
import { serviceKeys, serviceNeed } from './iam/need.ts';
import { readStatement, verdictOn } from './iam/statement.ts';
import type { World } from './resource.ts';

const Properties = z.strictObject({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
});

/** Whether a service (`apigateway.amazonaws.com`) may invoke a function, by its ARN, for a resource of its own. */
export type MayInvoke = (principal: string, functionArn: string, source: string) => boolean;

/** Reads the permissions of a resolved template to invoke its functions; throws on one that says more than is known here. */
export function invocationsOf({ all, place, account }: Pick<World, 'all' | 'place' | 'account'>): MayInvoke {
  const permissions = all('AWS::Lambda::Permission').map(({ id, properties }) => {
    const found = Properties.safeParse(properties);
    if (found.success)
      return { principal: found.data.Principal, statement: statementOf(found.data, place(id)) };
    const [issue] = found.error.issues;
    throw new Error(
      `${place(id)}: the local runner cannot read it: ${issue?.path.join('.')} ${issue?.message}`,
    );
  });
  return (principal, functionArn, source) => {
    const statements = permissions.filter((one) => one.principal === principal).map((one) => one.statement);
    const need = serviceNeed('lambda:InvokeFunction', functionArn, source, account.id);
    return verdictOn(statements, need) === 'allow';
  };
}

/** The statement that Lambda adds to the policy of the function. */
function statementOf(
  { Action, FunctionName, SourceArn, SourceAccount }: z.infer<typeof Properties>,
  place: string,
) {
  const Condition = {
    ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
    ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
  };
  return readStatement(
    { Effect: 'Allow', Action, Resource: functionNamed(FunctionName), Condition },
    place,
    serviceKeys,
  );
}

/** A function may be named by its ARN, by account and name, or by its name alone. */
function functionNamed(name: string): string {
  if (name.startsWith('arn:')) return name;
  return name.includes(':') ? `*:${name}` : `*:function:${name}`;
}
