import * as z from 'zod';
import type { World } from './resource.ts';
import { wildcard } from './wildcard.ts';

const Properties = z.strictObject({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

/** Whether a service (`apigateway.amazonaws.com`) may invoke a function, by its ARN, for a resource of its own. */
export type MayInvoke = (principal: string, functionArn: string, source: string) => boolean;

/** Reads the permissions of a resolved template to invoke its functions; throws on one that says more than is known here. */
export function invocationsOf({ all, place }: Pick<World, 'all' | 'place'>): MayInvoke {
  const permissions = all('AWS::Lambda::Permission').map((one) => {
    const found = Properties.safeParse(one.properties);
    if (found.success) return found.data;
    const [issue] = found.error.issues;
    throw new Error(
      `${place(one.id)}: the local runner cannot read it: ${issue?.path.join('.')} ${issue?.message}`,
    );
  });
  return (principal, functionArn, source) =>
    permissions.some(
      ({ FunctionName, Principal, SourceArn = '*' }) =>
        Principal === principal &&
        (FunctionName === functionArn || functionArn.endsWith(`:function:${FunctionName}`)) &&
        wildcard(SourceArn, source),
    );
}
