import { z } from 'zod';
import { openStation } from '../../renderer/app/open-station.ts';

// A page as small as a test needs: the real way to the station, and nothing on the screen.
z.config({ jitless: true });
Object.assign(window, { opening: openStation() });
