/** Names that stand for nobody (RFC 2606): what is sent there reaches no one. */
const reserved = ['example', 'test', 'invalid', 'localhost', 'example.com', 'example.net', 'example.org'];

/** Whether an e-mail address is one of those that documentation uses. */
export function isExampleAddress(address: string): boolean {
  return isExampleDomain(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
}

/** Whether a domain in small letters is one of those that documentation uses. */
export function isExampleDomain(domain: string): boolean {
  return reserved.some((name) => domain === name || domain.endsWith(`.${name}`));
}

/** The name of the organisation in the examples of the project. */
export const exampleOrganisation = 'Example';

/** In the context of a synthesis whose template only runs on this machine: there the examples are welcome. */
export const localOnly = 'local-only';
