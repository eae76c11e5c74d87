import { Button } from '@mantine/core';
import { eventsCsv } from '../../shared/timeline/csv.ts';
import { timelineMarkdown } from '../../shared/timeline/markdown.ts';
import { timelineSvg } from '../../shared/timeline/svg.ts';
import type { DrawnTimeline } from '../../shared/timeline/view.ts';
import { download } from '../ui/download.ts';

export interface SaveAsProps {
  readonly timeline: DrawnTimeline;
  /** Whether all events are there: a part is never saved as if it were the whole. */
  readonly isWhole: boolean;
}

/** Saves the whole timeline, whatever is filtered, in the forms that the API gives too. */
export function SaveAs({ timeline, isWhole }: SaveAsProps) {
  const save = (ending: string, type: string, text: () => string) => (
    <Button
      variant="default"
      aria-disabled={!isWhole}
      onClick={() => isWhole && download({ name: `${timeline.name}-timeline.${ending}`, type, text: text() })}
    >
      {ending === 'md' ? 'Markdown' : ending.toUpperCase()}
    </Button>
  );
  return (
    <div className="save-as">
      <span className="soft">Save as</span>
      {save('md', 'text/markdown', () => timelineMarkdown(timeline))}
      {save('csv', 'text/csv', () => eventsCsv(timeline.events, true))}
      {save('svg', 'image/svg+xml', () => timelineSvg(timeline))}
    </div>
  );
}
