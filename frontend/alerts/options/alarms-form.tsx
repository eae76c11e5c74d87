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
        <Textarea
          className="code-field"
          label="Topics of Amazon SNS that may send here"
          description="By ARN, one in each line; the end may be *. The subscription of these is confirmed, and of no other: without one, nothing arrives."
          placeholder="arn:aws:sns:eu-central-1:123456789012:alarms"
          {...{ rows: 3, spellCheck: false, value: topics, error: faultAt(faults, 'topics') }}
          onChange={({ target }) => setTopics(target.value)}
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
