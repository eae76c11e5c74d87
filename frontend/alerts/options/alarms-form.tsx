import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { IntegrationOptions } from '../../../shared/alerts/options.ts';
import { faultAt, faultsIn } from './check-options.ts';
import type { OptionsFormProps } from './options-form.tsx';
import { SaveOptions, useSaving } from './save-options.tsx';

/** For alarms of CloudWatch: the topics that may send here, where they come by Amazon SNS, and what too few data mean. */
export function AlarmsForm({ api, integration, onChanged }: OptionsFormProps) {
  const { id, source } = integration;
  const said = integration.options as IntegrationOptions;
  const [topics, setTopics] = useState((said.topics ?? []).join('\n'));
  const [had] = useState(topics !== '');
  const [fires, setFires] = useState(said.insufficientData === 'fire');
  const arns = topics
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const options: IntegrationOptions = {
    ...(arns.length > 0 && { topics: arns }),
    ...(fires && { insufficientData: 'fire' }),
  };
  const faults = faultsIn(source, options);
  const saving = useSaving({ api, id, options, isRight: faults.size === 0, onChanged });
  return (
    <form className="wide-form" onSubmit={saving.submit} noValidate ref={saving.form}>
      {source === 'cloudwatch' && (
        <TopicsField
          {...{ topics, isEmptied: had && arns.length === 0 }}
          error={faultAt(faults, 'topics')}
          onText={setTopics}
        />
      )}
      <NativeSelect
        label="An alarm with too few data"
        value={fires ? 'fire' : 'ignore'}
        data={[
          { value: 'ignore', label: 'means nothing: what is open stays open' },
          { value: 'fire', label: 'is an alert' },
        ]}
        onChange={({ target }) => setFires(target.value === 'fire')}
      />
      <SaveOptions {...saving} />
    </form>
  );
}

interface TopicsFieldProps {
  readonly topics: string;
  /** Topics were named, and are no longer. */
  readonly isEmptied: boolean;
  readonly error: string | undefined;
  onText(topics: string): void;
}

function TopicsField({ topics, isEmptied, error, onText }: TopicsFieldProps) {
  return (
    <div className="topics">
      <Textarea
        className="code-field"
        label="Topics of Amazon SNS that may send here"
        description="By ARN, one in each line; the end may be *. No other may send, and the subscription of these is confirmed. With none named, every topic that knows the address may send, of any account, and no subscription is confirmed."
        placeholder="arn:aws:sns:eu-central-1:123456789012:alarms"
        {...{ rows: 3, spellCheck: false, value: topics, error }}
        onChange={({ target }) => onText(target.value)}
      />
      <div role="status">
        {isEmptied && (
          <p className="warning">
            No topic is named any more: every topic that knows the address may send, of any account.
          </p>
        )}
      </div>
    </div>
  );
}
