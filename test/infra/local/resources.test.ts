import { expect, test } from 'vitest';
import { ignored } from '../../../infra/local/ignored.ts';
import { phases } from '../../../infra/local/resource.ts';
import { resourceKinds } from '../../../infra/local/resources/index.ts';

const types = resourceKinds.map((kind) => kind.type);

test('no type of resource has two kinds, or a kind and a reason to be ignored', () => {
  expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
  expect(types.filter((type) => type in ignored)).toEqual([]);
});

test('every kind starts in a known phase, and every ignored type has its reason', () => {
  expect(resourceKinds.filter((kind) => !phases.includes(kind.phase))).toEqual([]);
  for (const reason of Object.values(ignored)) expect(reason.length).toBeGreaterThan(15);
});
