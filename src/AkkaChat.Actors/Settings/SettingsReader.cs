using System.Globalization;
using System.Net;
using Akka.Configuration;

namespace AkkaChat.Settings;

/// <summary>Reads values of the <c>akkachat</c> block and checks their ranges. Errors name key, value and range.</summary>
internal sealed class SettingsReader(Config akkachat)
{
    private const string Prefix = "akkachat.";

    public TimeSpan Time(string key, TimeSpan least, TimeSpan most)
    {
        var range = $"a time from {Show(least)} to {Show(most)}, such as 250ms, 25s or 2m";
        var value = Read(key, range, () => akkachat.GetTimeSpan(key, null, allowInfinite: false));
        return value >= least && value <= most ? value : throw Wrong(key, range);
    }

    public int Count(string key, int least, int most)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        var value = Read(key, range, () => int.Parse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture));
        return value >= least && value <= most ? value : throw Wrong(key, range);
    }

    public long Bytes(string key, long least, long most)
    {
        var range = string.Create(
            CultureInfo.InvariantCulture, $"a size from {least} to {most} bytes, such as 65536, 512KiB or 4MiB");
        var value = Read(key, range, () => akkachat.GetByteSize(key) ?? -1);
        return value >= least && value <= most ? value : throw Wrong(key, range);
    }

    public bool Switch(string key) => Text(key) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw Wrong(key, "on or off"),
    };

    public string Choice(string key, params string[] accepted)
    {
        var value = Text(key);
        return accepted.Contains(value, StringComparer.Ordinal)
            ? value
            : throw Wrong(key, "one of " + string.Join(", ", accepted));
    }

    public IReadOnlyList<string> List(string key, string accepted) =>
        [.. Read(key, accepted, () => akkachat.GetStringList(key))];

    public string Text(string key, string accepted, Func<string, bool> isAccepted)
    {
        var value = Text(key);
        return isAccepted(value) ? value : throw Wrong(key, accepted);
    }

    /// <summary>An IP address with its port; null for an empty text.</summary>
    public IPEndPoint? Address(string key)
    {
        var text = Text(key);
        var hasPort = text.Contains("]:", StringComparison.Ordinal) || text.Count(character => character == ':') == 1;
        return text.Length == 0 ? null
            : hasPort && IPEndPoint.TryParse(text, out var address)
                ? address
                : throw Wrong(key, "an IP address and a port, such as 10.0.0.7:5081 or [::1]:5081, or nothing");
    }

    /// <summary>Hosts with their ports: names, or IP addresses.</summary>
    public IReadOnlyList<DnsEndPoint> Hosts(string key)
    {
        const string Accepted = "a list of hosts with ports, such as 10.0.0.7:4053, [::1]:4053 or nodes.example.com:4053";
        return [.. List(key, Accepted).Select(text => Host(text) ?? throw Wrong(key, Accepted))];
    }

    /// <summary>A text that no message shows; null for an empty one.</summary>
    public string? Secret(string key, int least)
    {
        var text = Text(key);
        return text.Length == 0 ? null
            : IsSecret(text, least)
                ? text
                : throw new AkkaChatConfigurationException(
                    $"{Prefix}{key} is not accepted. Accepted: at least {least} characters, of ASCII without spaces, or nothing.");
    }

    /// <summary>Texts that no message shows; empty ones do not count.</summary>
    public IReadOnlyList<string> Secrets(string key, int least)
    {
        var accepted = $"a list of texts, each of at least {least} characters, of ASCII without spaces, or an empty list";
        var texts = TryList(key)?.Where(text => text.Length > 0).ToList();
        return texts?.TrueForAll(text => IsSecret(text, least)) == true
            ? texts
            : throw new AkkaChatConfigurationException($"{Prefix}{key} is not accepted. Accepted: {accepted}.");
    }

    public AkkaChatConfigurationException Wrong(string key, string accepted) =>
        new($"{Prefix}{key} = '{Shown(key)}' is not accepted. Accepted: {accepted}.");

    private string Text(string key) => Read(key, "a text", () => akkachat.GetString(key) ?? "");

    private string Shown(string key)
    {
        var value = akkachat.GetValue(key);
        return value.IsArray() ? string.Join(", ", value.GetStringList()) : value.GetString() ?? "";
    }

    private static bool IsSecret(string text, int least) =>
        text.Length >= least && text.All(character => character is > ' ' and < (char)127);

    /// <summary>The list; null if the value is none, which no message may show.</summary>
    private IList<string>? TryList(string key)
    {
        try
        {
            return akkachat.GetStringList(key);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static DnsEndPoint? Host(string text)
    {
        var end = text.LastIndexOf(':');
        var host = end > 0 ? text[..end].Trim('[', ']') : "";
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown
            && ushort.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
                ? new DnsEndPoint(host, port)
                : null;
    }

    /// <summary>Akka's readers throw many types for a text they cannot read; all mean the same here.</summary>
    private T Read<T>(string key, string accepted, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not AkkaChatConfigurationException)
        {
            throw Wrong(key, accepted);
        }
    }

    private static string Show(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays}d"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours}h"),
        { Ticks: 0 } => "0s",
        { TotalSeconds: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms"),
    };
}
