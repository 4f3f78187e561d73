// `npm run icons`: draws the icons of the desktop application from the SVGs in resources/, with a Chromium, and
// packs them into the containers that Windows and macOS want. The results are kept, so that building needs none.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { packIcns, packIco } from './icon-containers.mjs';
import { ROOT } from './paths.mjs';
import { prepareOrExit } from './prepare.mjs';

const LINUX = [16, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 256];
const MAC = [32, 64, 128, 256, 512, 1024];
const folder = join(ROOT, 'resources', 'icons');

await prepareOrExit({ build: false });
const { chromium } = await import('@playwright/test');
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
const page = await browser.newPage();
const icon = await drawAll('icon.svg', [...LINUX, ...WINDOWS, ...MAC]);
const tray = await drawAll('tray.svg', [16, 32]);
await browser.close();

mkdirSync(folder, { recursive: true });
for (const side of LINUX) write(`${side}x${side}.png`, icon.get(side));
write('icon.ico', packIco(pick(icon, WINDOWS)));
write('icon.icns', packIcns(pick(icon, MAC)));
write('tray.png', icon.get(16));
write('tray@2x.png', icon.get(32));
write('trayTemplate.png', tray.get(16));
write('trayTemplate@2x.png', tray.get(32));

/** PNGs of an SVG, by the length of their side in pixels. */
async function drawAll(name, sides) {
  const svg = readFileSync(join(ROOT, 'resources', name), 'utf8');
  const drawn = new Map();
  for (const side of new Set(sides)) {
    await page.setViewportSize({ width: side, height: side });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    drawn.set(side, await page.screenshot({ omitBackground: true }));
  }
  return drawn;
}

function pick(drawn, sides) {
  return sides.map((side) => ({ side, png: drawn.get(side) }));
}

function write(name, bytes) {
  writeFileSync(join(folder, name), bytes);
}
