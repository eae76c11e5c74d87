import './styles.css';

export { StatusPage, type StatusPageConfig, type StatusPageProps } from '../status/status-page.tsx';
export {
  WarRoomCollaboration,
  type WarRoomCollaborationProps,
  type WarRoomConfig,
} from './war-room-collaboration.tsx';
