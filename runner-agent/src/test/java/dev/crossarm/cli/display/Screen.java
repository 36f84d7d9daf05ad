package dev.crossarm.cli.display;

import java.util.ArrayList;
import java.util.List;

/** What a terminal of this width shows after some output: the few control sequences the display uses, and no others. */
public final class Screen {
    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private boolean wraps = true;
    private boolean cursorShown = true;

    public Screen(int columns) {
        this.columns = columns;
    }

    public Screen show(String output) {
        for (int i = 0; i < output.length(); i++) {
            char c = output.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (!Character.isLetter(output.charAt(end))) {
                    end++;
                }
                control(output.substring(i + 2, end), output.charAt(end));
                i = end;
            } else if (c == '\n') {
                down();
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else {
                put(c);
            }
        }
        return this;
    }

    private void put(char c) {
        if (column == columns) {
            if (wraps) {
                down();
                column = 0;
            } else {
                column = columns - 1;
            }
        }
        StringBuilder line = rows.get(row);
        while (line.length() <= column) {
            line.append(' ');
        }
        line.setCharAt(column, c);
        column++;
    }

    private void down() {
        row++;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }

    private void control(String parameters, char kind) {
        switch (kind) {
            case 'A' -> row = Math.max(0, row - Integer.parseInt(parameters));
            case 'J' -> {
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                rows.subList(row + 1, rows.size()).clear();
            }
            case 'm' -> {
                // A colour takes no room.
            }
            case 'h', 'l' -> mode(parameters, kind == 'h');
            default -> throw new IllegalStateException("not known to this terminal: " + parameters + kind);
        }
    }

    private void mode(String parameters, boolean on) {
        switch (parameters) {
            case "?7" -> wraps = on;
            case "?25" -> cursorShown = on;
            default -> throw new IllegalStateException("not known to this terminal: " + parameters);
        }
    }

    public List<String> lines() {
        return rows.stream()
                .map(line -> line.toString().stripTrailing())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    public boolean cursorShown() {
        return cursorShown;
    }

    public boolean wraps() {
        return wraps;
    }
}
