import { alertmanagerBody } from '../support/alertmanager.ts';

/** A webhook to send, and how its alert is found again. */
export interface Webhook {
  readonly token: string;
  readonly body: Buffer;
}

const startsAt = new Date().toISOString();

/** One firing alert of a service, whose name is the token, as Alertmanager sends it. */
export const webhook = (round: string, number: number): Webhook => webhooksOf([tokenOf(round, number)]);

/** One webhook with an alert for each of these services. */
export function webhooksOf(tokens: readonly string[]): Webhook {
  const alerts = tokens.map((token) => ({
    labels: {
      alertname: 'LatencyHigh',
      severity: 'critical',
      service: token,
      instance: `${token}.example.com`,
    },
    startsAt,
  }));
  return { token: tokens[0] ?? '', body: Buffer.from(JSON.stringify(alertmanagerBody(alerts))) };
}

/** The name of a service; `round` is of small letters. */
export const tokenOf = (round: string, number: number): string => `bench-${round}-${number}`;

/** The services that a text names, each once. */
export const tokensIn = (text: string): ReadonlySet<string> => new Set(text.match(/bench-[a-z]+-\d+/g) ?? []);
