import regularUrl from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url';
import boldUrl from '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf?url';
import type { Fonts } from './make-pdf.ts';

/** The fonts of everything printed; they come with the program. */
export async function readFonts(): Promise<Fonts> {
  const [regular, bold] = await Promise.all([regularUrl, boldUrl].map(read));
  if (regular === undefined || bold === undefined) throw new Error('the program lacks its fonts');
  return { regular, bold };
}

async function read(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
