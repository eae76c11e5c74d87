import { Button } from '@mantine/core';
import type { Problem } from '../api/problem.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Integration } from './use-integrations.ts';

export interface EndIntegrationProps {
  readonly integration: Integration;
  readonly busy: boolean;
  readonly problem?: Problem | undefined;
  onEnd(): void;
  onClose(): void;
}

/** Asks once more before an integration is ended, which cannot be taken back. */
export function EndIntegration({ integration, busy, problem, onEnd, onClose }: EndIntegrationProps) {
  return (
    <Dialog title={`Delete ${integration.name}?`} onClose={onClose}>
      <p>What it still sends is refused after a minute at most. Its incidents stay. This cannot be undone.</p>
      {problem !== undefined && <Notice>{problem.message}</Notice>}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" aria-disabled={busy} onClick={onEnd}>
          {busy ? 'One moment …' : 'Delete it'}
        </Button>
      </div>
    </Dialog>
  );
}
