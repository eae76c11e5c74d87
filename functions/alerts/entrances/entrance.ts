import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Source } from '../../../shared/alerts/index.ts';
import type { Reply } from '../../edge/reply.ts';
import type { IntegrationDoor, Ports } from '../ports.ts';

/** One request of a sender. */
export interface Post {
  readonly path: string;
  /** The values of the fields of its path. */
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Names this POST for ever; no sender can choose it. */
  readonly receipt: string;
  readonly event: Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded' | 'headers' | 'httpMethod'> &
    Partial<Pick<APIGatewayProxyEvent, 'queryStringParameters'>>;
}

/** What was taken of one POST. */
export interface Taken {
  readonly receipt: string;
  readonly signals: number;
  /** Changes and remarks. */
  readonly asides: number;
  readonly dedupKey: string | undefined;
  readonly ignored: string | undefined;
  /** What was wrong with the parts that were not taken. */
  readonly faults: readonly string[];
}

/** Whose request it is, and what there is to look it up. */
export interface At {
  readonly door: IntegrationDoor;
  readonly ports: Ports;
}

/** What answers a question of a sender and takes nothing. */
export interface Desk {
  answer(post: Post, ports: Ports): Promise<Reply>;
  refused(thrown: unknown, post: Post): Reply;
}

/** A protocol that senders speak here: where its key is, how it is read and how it is answered. */
export interface Entrance {
  /** The source whose keys open it. */
  source(post: Post): Source;
  /** The largest body in bytes. */
  readonly limit: number;
  /** The key where it is found before the body is read; undefined where it is in the body. */
  keyOf(post: Post): string | undefined;
  /** The key in a body; refuses a body without one. */
  keyIn?(body: unknown): string;
  /** Whether requests may have no body; it is then taken as an empty object. @default false */
  readonly mayBeEmpty?: boolean;
  /** Whether it tells nothing but asks whether it may; once its key has been found right, it is answered as taken. @default false */
  asks?(post: Post): boolean;
  /** What the source gets to translate. @default the body */
  said?(body: unknown, post: Post, at: At): unknown;
  taken(taken: Taken, post: Post): Reply;
  refused(thrown: unknown, post: Post): Reply;
}
