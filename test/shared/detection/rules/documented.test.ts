import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationSchema } from '../../../../shared/configuration/index.ts';
import { readMatchers } from '../../../../shared/detection/rules/matcher-text.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/rules.md'), 'utf8');
const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']): unknown => JSON.parse(json));
const teams = ['database', 'shop', 'first-line'].map((id) => ({
  ...{ id, name: id, levels: [{ targets: ['ann'] }] },
}));
const people = [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }];

describe('the page about rules', () => {
  it.each(blocks.map((block, i) => [i + 1, block]))('example %i can be copied', (_, block) => {
    const rules = [block].flat().map((one, i) => ({ id: `r${i}`, name: 'R', ...(one as object) }));
    expect(configurationSchema.safeParse({ rules, policies: teams, people }).error?.issues ?? []).toEqual([]);
  });

  it('says what a fault says', () => {
    const [, told = ''] = /`(In "env=prod team".*?)`/.exec(page) ?? [];
    const found = readMatchers('env=prod team');
    expect('refused' in found && `In "env=prod team" ${found.refused}`).toBe(told);
  });

  it('names every field', () => {
    for (const field of [
      'minDuration',
      'members',
      'cooldown',
      'urgency',
      'reopen',
      'groupingKey',
      'title-template',
    ])
      expect(page).toContain(field);
  });
});
