import { type Need, plainNeed } from '../../iam/need.ts';

/** The permission that a call to Secrets Manager needs. A secret may be named instead of given by its ARN. */
export function secretNeeds(operation: string, body: string, arns: readonly string[]): readonly Need[] {
  const { SecretId = '' } = JSON.parse(body) as { SecretId?: string };
  const named = arns.find((arn) => arn === SecretId || arn.split(':')[6]?.slice(0, -7) === SecretId);
  return [plainNeed(`secretsmanager:${operation}`, named ?? SecretId)];
}
