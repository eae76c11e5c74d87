import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noValue, resolve, type Scope } from '../../../../infra/local/template/intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ Queue: 'https://queue', 'AWS::Region': 'eu-west-1', 'AWS::NoValue': noValue })[name],
  attribute: (id, name) => `${id}/${name}`,
  condition: (name) =>
    ({ Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } })[name],
  mapping: () => ({ 'eu-west-1': { size: 7 } }),
};

// Written as a function, because the linter takes such a text for a forgotten template literal.
const hole = (name: string) => `\${${name}}`;

const cases: readonly (readonly [string, unknown, unknown])[] = [
  ['a reference', { Ref: 'Queue' }, 'https://queue'],
  ['an attribute as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
  ['an attribute as a text', { 'Fn::GetAtt': 'Queue.Nested.Arn' }, 'Queue/Nested.Arn'],
  ['a join', { 'Fn::Join': ['', ['https://', { Ref: 'AWS::Region' }, '/', 1]] }, 'https://eu-west-1/1'],
  ['a selection from a split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [
    'a substitution',
    { 'Fn::Sub': `${hole('AWS::Region')}-${hole('Queue.Arn')}-${hole('!literal')}` },
    `eu-west-1-Queue/Arn-${hole('literal')}`,
  ],
  [
    'a substitution with names of its own',
    { 'Fn::Sub': [hole('a') + hole('Queue'), { a: { Ref: 'AWS::Region' } }] },
    'eu-west-1https://queue',
  ],
  ['a condition that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
  ['a condition that does not', { 'Fn::If': ['No', 1, { x: { Ref: 'Queue' } }] }, { x: 'https://queue' }],
  ['a conjunction', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
  ['a disjunction', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }, true],
  ['a map', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'size'] }, 7],
  ['an encoding', { 'Fn::Base64': 'abc' }, 'YWJj'],
  ['a property without a value', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  [
    'a policy statement that has a Condition',
    { Condition: { Bool: { x: true } } },
    { Condition: { Bool: { x: true } } },
  ],
];

describe('the intrinsic functions of a template', () => {
  test.each(cases)('%s is resolved', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test('an intrinsic function that nobody here knows is refused by name', () => {
    expect(() => resolve({ a: [{ 'Fn::GetAZs': '' }] }, scope)).toThrow('Fn::GetAZs');
  });

  test('values without intrinsic functions come out as they went in', async () => {
    const plain = fc
      .jsonValue()
      .filter((value) => !/"(Ref|Condition|Fn::|__proto__)/.test(JSON.stringify(value)));
    await fc.assert(
      fc.property(plain, (value) => {
        expect(resolve(value, scope)).toEqual(value);
      }),
    );
  });

  test('a join of what was split at the same separator gives the text again', async () => {
    const separator = fc.constantFrom(':', '/', '--');
    await fc.assert(
      fc.property(fc.string(), separator, (text, by) => {
        expect(resolve({ 'Fn::Join': [by, { 'Fn::Split': [by, text] }] }, scope)).toBe(text);
      }),
    );
  });
});
