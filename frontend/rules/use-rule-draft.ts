import { useMemo } from 'react';
import { useDraft } from '../ui/use-draft.ts';
import { begunFrom } from './begun.ts';
import type { Scope } from './checked.ts';
import type { InForce } from './use-rules.ts';

/** The draft of one organisation, kept by the tab until it is in force: its text, the version it was begun from, and a reason. */
export function useRuleDraft(organisation: string, scope: Scope, inForce: InForce) {
  const { configuration, version } = inForce;
  const begun = useMemo(
    () => ({ text: begunFrom(configuration, scope), from: version }),
    [configuration, scope, version],
  );
  const { draft, change, forget } = useDraft(`rules:${organisation}:${scope}`, {
    ...{ text: '', from: -1, reason: '' },
  });
  const isBegun = draft.from >= 0;
  return {
    ...(isBegun ? draft : { ...begun, reason: draft.reason }),
    /** Whether something was written that is not in force. */
    isWritten: isBegun && draft.text !== begun.text,
    write: (text: string) => change(isBegun ? { text } : { ...begun, text }),
    giveReason: (reason: string) => change({ reason }),
    forget,
  };
}
