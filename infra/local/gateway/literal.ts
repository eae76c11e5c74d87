import type { World } from '../resource.ts';

/**
 * The text of a property that a resource's own identity needs, before references are resolved: plain strings, and
 * joins of strings and the account's pseudo parameters. Throws for anything else, naming the place.
 */
export function literal(value: unknown, account: World['account'], place: string): string {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account.id,
    'AWS::Region': account.region,
    'AWS::URLSuffix': account.suffix,
    'AWS::Partition': 'aws',
  };
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) {
    if ('Ref' in value && typeof value.Ref === 'string' && value.Ref in pseudo)
      return pseudo[value.Ref] ?? '';
    if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map((part) => literal(part, account, place)).join(separator);
    }
  }
  throw new Error(`${place} must be known without starting anything: got ${JSON.stringify(value)}`);
}

/** The logical id that a property points at by `Ref` or `Fn::GetAtt`. Throws when it is something else. */
export function pointer(value: unknown, place: string): string {
  if (typeof value === 'object' && value !== null) {
    if ('Ref' in value && typeof value.Ref === 'string') return value.Ref;
    if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return String(value['Fn::GetAtt'][0]);
  }
  throw new Error(`${place} must refer to another resource: got ${JSON.stringify(value)}`);
}
