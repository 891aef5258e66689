using AkkaChat.Host.Http;

namespace AkkaChat.Host.Uploads;

/// <summary>Names of files, as people's systems have them.</summary>
internal static class FileName
{
    private const int MaxLength = 120;
    private const int MaxExtension = 10;
    private const string Nameless = "file";

    /// <summary>The name without folders and without characters that a system may not allow; never empty, never dots only.</summary>
    public static string Read(string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1];
        var name = string.Concat(TypedText.OneLine(last, last.Length).Select(character => "<>:\"|?*".Contains(character) ? '_' : character));
        name = name.Trim('.', ' ');
        return name.Length == 0 ? Nameless : Shortened(name);
    }

    /// <summary>The extension in lower case, without its dot; empty if there is none.</summary>
    public static string ExtensionOf(string name) => Path.GetExtension(name).TrimStart('.').ToLowerInvariant();

    /// <summary>Cut before the extension.</summary>
    private static string Shortened(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name) is { Length: <= MaxExtension } found ? found : "";
        return TypedText.OneLine(name[..^extension.Length], MaxLength - extension.Length) + extension;
    }
}
