import { type Need, plainNeed } from '../../iam/need.ts';

/** The permission that a call to SNS needs: on a topic by its ARN; on a telephone number, which has none, on everything. */
export function snsNeeds(operation: string, body: string): readonly Need[] {
  const form = new URLSearchParams(body);
  const arn = form.get('TopicArn') ?? form.get('TargetArn');
  return [plainNeed(`sns:${operation}`, arn ?? '*')];
}
