import { Button } from '@mantine/core';
import type { FactView } from '../../shared/incidents/index.ts';
import { videoText } from '../../shared/incidents/words.ts';
import { Notice } from '../ui/notice.tsx';
import type { RoomProps } from './room.tsx';
import { useVideo } from './use-video.ts';

/** Whether a fact gives a video link. */
export const isVideo = ({ type }: FactView): boolean => type === 'room.video-started';

export interface VideoProps extends Pick<RoomProps, 'api' | 'incident' | 'mayWrite'> {
  /** The number of the latest fact that gives a link, as far as the log is loaded. */
  readonly last: number | undefined;
}

/** A video link by one click, and what its provider cannot do that was configured. */
export function Video({ api, incident, mayWrite, last }: VideoProps) {
  const { link, busy = false, problem, start } = useVideo(api, incident, last);
  return (
    <section aria-labelledby="video">
      <h2 id="video">Video</h2>
      {link !== undefined && (
        <p>
          <a href={link.hostUrl ?? link.url} target="_blank" rel="noopener noreferrer">
            Join {videoText(link.provider)}
          </a>
        </p>
      )}
      {link !== undefined && link.cannot.length > 0 && (
        <ul className="soft">
          {link.cannot.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {link === undefined && mayWrite && (
        <p>
          <Button variant="default" aria-disabled={busy} onClick={() => !busy && start()}>
            {busy ? 'One moment …' : 'Start a video call'}
          </Button>
        </p>
      )}
      {link === undefined && !mayWrite && <p className="soft">Nobody has started a call.</p>}
      {problem !== undefined && <Notice>{problem}</Notice>}
    </section>
  );
}
