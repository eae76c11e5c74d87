import { type Instant, recordOf } from '../../kernel/index.ts';
import type { WarRoomSettings } from './settings.ts';

/** A request to a vendor's API, as it goes out. */
export interface VendorRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a vendor answered. */
export interface VendorAnswer {
  readonly status: number;
  readonly body: string;
}

/** A token of a vendor, and for how many seconds it counts. */
export interface VendorToken {
  readonly token: string;
  readonly lifetime: number;
}

/** A meeting that a vendor made; `hostUrl` gives the rights of its host to whoever opens it. */
export interface Meeting {
  readonly url: string;
  readonly hostUrl?: string;
}

/** What a meeting is made from. */
export interface MeetingPlan {
  readonly settings: WarRoomSettings;
  /** One line of at most 200 bytes, as the vendor's product shows it. */
  readonly topic: string;
  readonly now: Instant;
}

/** A vendor whose API makes meetings: which requests to make, how answers are read, and what it cannot honour. */
export interface Vendor<Credentials> {
  tokenRequest(credentials: Credentials): VendorRequest;
  meetingRequest(credentials: Credentials, token: string, plan: MeetingPlan): VendorRequest;
  /** Undefined when the answer is not the vendor's. */
  meetingIn(answer: VendorAnswer): Meeting | undefined;
  /** The vendor's own short code of a failure, such as `invalid_client`. */
  codeIn(answer: VendorAnswer): string | undefined;
  cannot(settings: WarRoomSettings): readonly string[];
  /** What an administrator should look at when the vendor lets nobody in. */
  readonly whenRefused: string;
}

/** The token in an answer of an OAuth 2.0 token endpoint (RFC 6749, 5.1); undefined when it is none. */
export function tokenIn({ status, body }: VendorAnswer): VendorToken | undefined {
  const { access_token: token, expires_in: lifetime } = jsonIn(body);
  if (status !== 200 || typeof token !== 'string' || token === '') return undefined;
  return { token, lifetime: typeof lifetime === 'number' && lifetime > 0 ? lifetime : 60 };
}

/** The object in a JSON text; an empty one when it holds none. */
export function jsonIn(body: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(body));
  } catch {
    return {};
  }
}

/** A POST of a form, as token endpoints want it. */
export const formRequest = (
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): VendorRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
  body: new URLSearchParams(fields).toString(),
});

/** A POST of JSON with a bearer token. */
export const jsonRequest = (url: string, token: string, body: object): VendorRequest => ({
  method: 'POST',
  url,
  headers: {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${token}`,
  },
  body: JSON.stringify(body),
});

/** A vendor's address for people, if it is one that a browser may be sent to. */
export function linkIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2_000 || !/^https:\/\/[\x21-\x7e]+$/.test(value))
    return undefined;
  return URL.canParse(value) ? value : undefined;
}

/** A short code among what a vendor said: never its sentences, which may name people and keys. */
export const codeAmong = (...said: readonly unknown[]): string | undefined =>
  said
    .map((one) => (typeof one === 'number' ? String(one) : one))
    .find((one): one is string => typeof one === 'string' && /^[\w.-]{1,60}$/.test(one));

/** Seconds in words. */
export const minutesText = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
};
