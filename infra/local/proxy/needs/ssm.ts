import { type Need, plainNeed } from '../../iam/need.ts';

/** The permission that a call to Parameter Store needs, on the parameter that it names. */
export function ssmNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const { Name } = JSON.parse(body) as { Name?: string };
  if (Name === undefined) return [plainNeed(`ssm:${operation}`, '*')];
  const path = Name.replace(/^\//, '');
  return [plainNeed(`ssm:${operation}`, `arn:aws:ssm:${region}:${id}:parameter/${path}`)];
}
