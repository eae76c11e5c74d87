import type { NewIntegration } from './use-integrations.ts';

/** How a source is set up: what it is called, where its address or key belongs, and a line to try it with. */
export interface Setup {
  readonly name: string;
  readonly where: string;
  /** A line for a shell that sends one alert. */
  trial(made: Pick<NewIntegration, 'url' | 'routingKey'>): string;
}

/** An address as tools ask for it: one of mail without what stands before it in a link. */
export const plainAddress = (url: string): string => url.replace(/^mailto:/, '');

/** A line for a shell that posts a body. */
export const post = (url: string, body: object): string =>
  `curl -H 'content-type: application/json' -d '${JSON.stringify(body)}' '${url}'`;
