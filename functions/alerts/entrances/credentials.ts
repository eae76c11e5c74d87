import { Refusal } from '../../../shared/kernel/index.ts';
import { lowerCased } from '../../edge/body.ts';
import type { Post } from './entrance.ts';

/** A request as far as its key may be in a header. */
export interface WithHeaders {
  readonly event: Pick<Post['event'], 'headers'>;
}

/** The credential of a scheme in the Authorization header of a request; undefined when there is none of that scheme. */
export function credentialOf({ event }: WithHeaders, scheme: string): string | undefined {
  const header = lowerCased(event.headers).authorization ?? '';
  const [said = '', ...rest] = header.trim().split(/ +/);
  return said.toLowerCase() === scheme.toLowerCase() ? rest.join(' ') : undefined;
}

/** The key of a request in its path, as a bearer token, or as the password of Basic; refuses one without any. */
export function keyOfRequest(post: Post): string {
  const key = post.params.key ?? credentialOf(post, 'Bearer') ?? passwordOf(credentialOf(post, 'Basic'));
  if (key !== undefined && key !== '') return key;
  throw new Refusal(
    'unauthenticated',
    'The request lacks its key: send it as `Authorization: Bearer <key>`, as the password of Basic, or in the path.',
  );
}

function passwordOf(basic: string | undefined): string | undefined {
  if (basic === undefined) return undefined;
  const text = Buffer.from(basic, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
