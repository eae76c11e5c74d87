import { type Need, plainNeed } from '../../iam/need.ts';

/** Operations of SES that need leave on the identity that sends. */
const sending: Readonly<Record<string, string>> = {
  SendEmail: 'ses:SendEmail',
  SendTemplatedEmail: 'ses:SendTemplatedEmail',
  SendRawEmail: 'ses:SendRawEmail',
  'POST /v2/email/outbound-emails': 'ses:SendEmail',
};

/** The permission that a call to SES needs, of version 1 (a form) or 2 (JSON). */
export function sesNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const action = sending[operation];
  if (action === undefined) return [plainNeed(`ses:${operation}`, '*')];
  const source = body.startsWith('{')
    ? String((JSON.parse(body) as { FromEmailAddress?: string }).FromEmailAddress ?? '')
    : (new URLSearchParams(body).get('Source') ?? '');
  const from = /<([^>]*)>\s*$/.exec(source)?.[1] ?? source;
  return [
    {
      action,
      resource: `arn:aws:ses:${region}:${id}:identity/${from}`,
      value: (key) => (key === 'ses:FromAddress' ? [from] : undefined),
    },
  ];
}
