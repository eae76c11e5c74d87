import { toText } from '../../shared/kernel/time.ts';
import { instantOf, localText } from '../time/local.ts';
import type { Component, Maintenance } from './use-status.ts';

/** What a form holds of a maintenance: its times by the reader's clock. */
export interface MaintenanceDraft {
  readonly title: string;
  readonly text: string;
  readonly from: string;
  readonly until: string;
  readonly components: readonly string[];
}

/** A form with nothing in it. */
export const emptyMaintenance: MaintenanceDraft = {
  title: '',
  text: '',
  from: '',
  until: '',
  components: [],
};

/** What a form begins with that changes what is announced. */
export const draftedOf = ({ title, text, from, until, components }: Maintenance): MaintenanceDraft => ({
  ...{ title, text, components },
  ...{ from: localText(from), until: localText(until) },
});

/** Whether its end is after its begin. */
export const isOrdered = ({ from, until }: MaintenanceDraft): boolean => instantOf(from) < instantOf(until);

/** What the API takes of a draft; components that were removed meanwhile are left out. */
export const bodyOf = (draft: MaintenanceDraft, components: readonly Component[]) => ({
  title: draft.title.trim(),
  text: draft.text.trim(),
  components: draft.components.filter((one) => components.some(({ id }) => id === one)),
  from: toText(instantOf(draft.from)),
  until: toText(instantOf(draft.until)),
});

/** Of a body what is other than announced. A time whose field nobody touched keeps its seconds. */
export function changesOf(
  draft: MaintenanceDraft,
  announced: Maintenance,
  components: readonly Component[],
): Partial<ReturnType<typeof bodyOf>> {
  const before = draftedOf(announced);
  const body = bodyOf(draft, components);
  const isOther = (name: keyof MaintenanceDraft) => String(draft[name]) !== String(before[name]);
  return Object.fromEntries(Object.entries(body).filter(([name]) => isOther(name as keyof MaintenanceDraft)));
}
