import type { Message } from './reader.ts';

/** What of a request says which operation it asks for: the header of JSON protocols, the form of older ones, or the path. */
export function operationOf({ head, body }: Message): string {
  const target = head.get('x-amz-target');
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  const isForm = head.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const action = isForm ? new URLSearchParams(body.toString()).get('Action') : null;
  if (action !== null) return action;
  const [method, url = ''] = head.firstLine.split(' ');
  return `${method} ${url.split('?')[0]}`;
}
