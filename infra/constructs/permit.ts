import { type Entity, type ItemShape, schema } from '../../shared/table/index.ts';
import type { QueueName } from '../../shared/wiring/index.ts';

/** What a function may do with items. */
export interface ItemPermit {
  readonly table?: readonly TableOperation[];
  /** Only these kinds of items; left out, all. */
  readonly only?: readonly Entity<ItemShape>[];
  /** Only items of this organisation; left out, of every one. */
  readonly org?: string;
}

/** What one function may do, beyond writing its own log. */
export interface Permit extends ItemPermit {
  /** What it may do with other items, each in a statement of its own. */
  readonly also?: ItemPermit | readonly ItemPermit[];
  readonly send?: readonly QueueName[];
  /** Read the generated secret. */
  readonly secret?: true;
  /** Send mail from our address. */
  readonly mail?: true;
  /** Learn how many mails the account may send in a second. */
  readonly rate?: true;
  /** Find out whether addresses can be mailed, and have the provider ask for their confirmation. */
  readonly verify?: true;
  /** Keep, read and remove the credentials of video providers. */
  readonly video?: true;
  /** Of the tokens of clusters: read them, or keep and remove them. */
  readonly clusters?: 'read' | 'write';
  /** Call the functions and start the automations that the settings name for runbooks. */
  readonly runbooks?: true;
  /** Of the settings of channels for pages: keep and remove them, or read them. */
  readonly channels?: 'keep' | 'read';
  /** Of the signing secrets of integrations: keep and remove them, or read them. */
  readonly integrations?: 'keep' | 'read';
  /** Of the last bodies that integrations sent: write or read them. */
  readonly deliveries?: 'write' | 'read';
  /** Read the mails that arrived. */
  readonly mails?: 'read';
  /** Ask the model that the settings name. */
  readonly model?: true;
  /** Send text messages to telephones. */
  readonly text?: true;
  /** Push to connected sockets. */
  readonly push?: true;
  /** Cut connected sockets off. */
  readonly close?: true;
  /** Of the bucket of the status site: read the states of pages, or also write these and the pages. */
  readonly pages?: 'read' | 'write';
}

/** An operation on items, alone or inside a transaction; or a query of an index: `gsi1` is the history, `gsi2` what is due, `gsi3` the runs for incidents. */
export type TableOperation = keyof typeof actions | Index;

const indexes = ['gsi1', 'gsi2', 'gsi3'] as const;
type Index = (typeof indexes)[number];

export const isIndex = (way: TableOperation): way is Index => indexes.some((index) => index === way);

/** What AWS calls the operations. */
export const actions = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

/** Patterns for the partition keys that a permit is for; undefined when it is for all. */
export function partitionsOf({ only, org = '*' }: ItemPermit): readonly string[] | undefined {
  if (only !== undefined) return leadingKeys(only, org);
  return org === '*' ? undefined : [`${schema.organisation.partition({ org })}#*`];
}

/** Patterns for the partition keys of these items alone: every other field of the key's template may be anything. */
function leadingKeys(items: readonly Entity<ItemShape>[], org = '*'): readonly string[] {
  const patterns = items.map(({ shape }) => shape.pk.replace('{org}', org).replaceAll(/\{[^}]*\}/g, '*'));
  return [...new Set(patterns)];
}
