import type { Problem } from '../api/problem.ts';
import { Question } from '../ui/question.tsx';
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
    <Question
      verb="Delete"
      name={integration.name}
      consequence="What it still sends is refused after a minute at most. Its incidents stay. This cannot be undone."
      {...{ busy, problem, onClose }}
      onYes={onEnd}
    />
  );
}
