import type { World } from '../resource.ts';
import { resolve, type Scope } from '../template/intrinsics.ts';

/**
 * The text of a property that a resource's own identity needs, before references to other resources are resolved: made
 * of strings and the stack's pseudo parameters. Throws for anything else, naming the place.
 */
export function literal(value: unknown, account: World['account'], place: string): string {
  const text = resolve(value, pseudoParameters(account, place));
  if (typeof text === 'string') return text;
  throw new Error(`${place} must be a text: got ${JSON.stringify(text)}`);
}

function pseudoParameters({ id, region, suffix }: World['account'], place: string): Scope {
  const known: Readonly<Record<string, string>> = {
    'AWS::AccountId': id,
    'AWS::Region': region,
    'AWS::URLSuffix': suffix,
    'AWS::Partition': 'aws',
    'AWS::StackId': `arn:aws:cloudformation:${region}:${id}:stack/local/local`,
  };
  const refuse = (name: string): never => {
    throw new Error(`${place} must be known without starting anything, so it cannot refer to ${name}`);
  };
  return {
    ref: (name) => known[name] ?? refuse(name),
    attribute: refuse,
    condition: refuse,
    mapping: refuse,
  };
}

/** The logical id that a property points at by `Ref` or `Fn::GetAtt`. Throws when it is something else. */
export function pointer(value: unknown, place: string): string {
  if (typeof value === 'object' && value !== null) {
    if ('Ref' in value && typeof value.Ref === 'string') return value.Ref;
    if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return String(value['Fn::GetAtt'][0]);
  }
  throw new Error(`${place} must refer to another resource: got ${JSON.stringify(value)}`);
}
