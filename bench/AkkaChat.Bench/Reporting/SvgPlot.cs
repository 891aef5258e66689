using System.Globalization;
using System.Security;
using System.Text;
using AkkaChat.Bench.Scenarios;

namespace AkkaChat.Bench.Reporting;

/// <summary>A chart with a group of horizontal bars per scenario; each group has a scale of its own, which begins at 0.</summary>
internal static class SvgPlot
{
    private const int Width = 900;
    private const int LabelWidth = 170;
    private const int BarWidth = Width - LabelWidth - 110;
    private const int BarHeight = 16;
    private const int TitleHeight = 30;

    private static readonly string[] Colours = ["#1b6ca8", "#63a4d4", "#8aa83a", "#b58a2e", "#a8562e", "#8a4f9e"];

    public static string Write(Report report)
    {
        var body = new StringBuilder();
        var y = 10;
        foreach (var scenario in report.Scenarios)
        {
            y = WriteGroup(body, scenario, report, y);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y}" font-family="sans-serif" font-size="12">
            <rect width="{Width}" height="{y}" fill="white"/>
            {body}</svg>

            """);
    }

    private static int WriteGroup(StringBuilder body, Scenario scenario, Report report, int y)
    {
        var medians = report.MediansOf(scenario).ToList();
        var largest = medians.Max(median => Summary.ValueOf(median, scenario.Figure)) ?? 1;
        WriteText(body, 10, y + 18, $"{scenario.Description}: {Summary.UnitOf(scenario.Figure)}", "font-weight=\"bold\"");
        y += TitleHeight;
        foreach (var median in medians)
        {
            var value = Summary.ValueOf(median, scenario.Figure);
            var length = (value ?? 0) / largest * BarWidth;
            var colour = Colours[report.Servers.ToList().IndexOf(median.Server) % Colours.Length];
            WriteText(body, LabelWidth - 10, y + 12, median.Server, "text-anchor=\"end\"");
            body.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{LabelWidth}\" y=\"{y}\" width=\"{length:F1}\" height=\"{BarHeight - 3}\" fill=\"{colour}\"/>\n");
            var label = value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "no result";
            WriteText(body, LabelWidth + (int)length + 6, y + 12, label, "");
            y += BarHeight;
        }

        return y + 10;
    }

    private static void WriteText(StringBuilder body, int x, int y, string text, string attributes) => body.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" {attributes}>{SecurityElement.Escape(text)}</text>\n");
}
