import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './open-stage.ts';

const TOUCHED = 'a, button, select, textarea, input:not([type=checkbox]), label:has(input[type=checkbox])';

/** Opens a page light and dark, narrow and wide: axe finds nothing, nothing runs over the side, fingers find every target. */
export const expectClean = async (
  stage: Stage,
  telegramId: string,
  look: { startParam: string; until: (app: FrameLocator) => Promise<unknown> },
): Promise<void> => {
  for (const theme of ['light', 'dark'] as const) {
    const { startParam } = look;
    const { page, app, faults, close } = await stage.open(telegramId, { theme, startParam });
    for (const width of [390, 1280]) {
      const where = `${theme} ${width}`;
      await page.setViewportSize({ width, height: 844 });
      await look.until(app);
      const { violations } = await new AxeBuilder({ page }).include(['#mini-app iframe', 'html']).analyze();
      expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      const isScrolledAside = await app
        .locator('html')
        .evaluate((html) => html.scrollWidth > html.clientWidth);
      expect(isScrolledAside, where).toBe(false);
      for (const touched of await app.locator(TOUCHED).all()) {
        expect((await touched.boundingBox())?.height, await touched.innerText()).toBeGreaterThanOrEqual(44);
      }
    }
    expect(faults).toEqual([]);
    await close();
  }
};
