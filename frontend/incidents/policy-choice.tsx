import { NativeSelect } from '@mantine/core';
import { turnText } from '../on-call/turn-text.ts';
import type { OnCallNow } from '../on-call/use-on-call.ts';

export interface PolicyChoiceProps {
  /** Absent until it is known. */
  readonly onCall: OnCallNow | undefined;
  /** The id of a policy; empty for the one that takes what names none. */
  readonly chosen: string;
  onChoose(id: string): void;
}

/** By which policy people are paged, and whom the first page reaches. */
export function PolicyChoice({ onCall, chosen, onChoose }: PolicyChoiceProps) {
  const policies = onCall?.policies ?? [];
  const policy = policies.find(({ id, isDefault }) => (chosen === '' ? isDefault : id === chosen));
  return (
    <NativeSelect
      label="Policy"
      description={policy && (policy.now ? `Pages ${turnText(policy.now)} first.` : 'Reaches nobody.')}
      value={chosen}
      data={[
        { value: '', label: usual(onCall) },
        ...policies.filter(({ isDefault }) => !isDefault).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ target }) => onChoose(target.value)}
    />
  );
}

function usual(onCall: OnCallNow | undefined): string {
  if (onCall === undefined) return 'The usual one';
  return onCall.policies.find(({ isDefault }) => isDefault)?.name ?? 'None: the administrators are paged';
}
