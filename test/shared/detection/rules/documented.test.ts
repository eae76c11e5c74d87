import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { configurationSchema } from '../../../../shared/configuration/index.ts';
import { groupFields, ruleSchema } from '../../../../shared/detection/index.ts';
import { readMatchers } from '../../../../shared/detection/rules/matcher-text.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/rules.md'), 'utf8');
const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']): unknown => JSON.parse(json));
const teams = ['database', 'shop', 'first-line'].map((id) => ({
  ...{ id, name: id, levels: [{ targets: ['ann'] }] },
}));
const people = [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }];

/** The names of the fields of a rule, and of those inside of its parts. */
function fieldsOf({ properties = {} }: z.core.JSONSchema.JSONSchema, before = ''): readonly string[] {
  return Object.entries(properties).flatMap(([name, one]) => {
    const isPart = ['conditions', 'group', 'actions', 'actions.set'].includes(before + name);
    return isPart && typeof one === 'object' ? fieldsOf(one, `${before}${name}.`) : [before + name];
  });
}

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

  it.each(fieldsOf(z.toJSONSchema(ruleSchema, { io: 'input', unrepresentable: 'any' })))(
    'has %s among all fields',
    (field) => {
      const [, table = ''] = /## All fields\n(.*?)\n## /s.exec(page) ?? [];
      const [, parent, child = ''] = /^(.*)\.(\w+)$/.exec(field) ?? [];
      const own = table.split('\n').filter((line) => line.startsWith(`| \`${parent}\``));
      // What a rule sets stands in one row.
      const isThere = table.includes(`\`${field}\``) || own.some((line) => line.includes(`\`${child}\``));
      expect(isThere).toBe(true);
    },
  );

  it.each(groupFields)('says that alerts may be grouped by %s', (field) => {
    expect(page).toContain(`\`${field}\``);
  });
});
