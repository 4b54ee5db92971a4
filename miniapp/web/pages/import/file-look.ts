import type { AudienceFile } from '../../api/audience-files.ts';
import type { Tone } from '../../ui/chip.tsx';

export const toneOf: Record<AudienceFile['status'], Tone> = {
  uploading: 'known',
  checking: 'known',
  checked: 'good',
  importing: 'known',
  cancelling: 'warm',
  imported: 'good',
  cancelled: 'calm',
  refused: 'bad',
};

/** A worker is at it. */
export const isMoving = (status: AudienceFile['status']): boolean =>
  toneOf[status] === 'known' || status === 'cancelling';
