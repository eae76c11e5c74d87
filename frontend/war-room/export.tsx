import { Button } from '@mantine/core';
import type { FactView, IncidentView } from '../../shared/incidents/index.ts';

export interface ExportProps {
  readonly incident: IncidentView | undefined;
  readonly facts: readonly FactView[];
  readonly isWhole: boolean;
}

/** Saves the recording as JSON: the incident, and every fact of its log. */
export function Export({ incident, facts, isWhole }: ExportProps) {
  if (incident === undefined || !isWhole) return null;
  const save = () => {
    const text = JSON.stringify({ format: 'war-room-recording/1', incident, facts }, undefined, 2);
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${incident.name}.json`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <p>
      <Button variant="default" onClick={save}>
        Export as JSON
      </Button>
    </p>
  );
}
