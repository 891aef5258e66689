using System.Text.Json;

namespace AkkaChat.Testing.Connections;

/// <summary>Reads and shows arguments, with errors that say what was there.</summary>
internal static class ArgumentReader
{
    private const int LongestShown = 200;

    public static T Read<T>(EventArguments arguments, int index, object source)
    {
        if (arguments is T all)
        {
            return all;
        }

        if (index >= arguments.Count)
        {
            throw new ExpectationException(
                $"{source} has {arguments.Count} arguments; a {typeof(T).Name} was expected at index {index}.");
        }

        try
        {
            return arguments[index].As<T>()!;
        }
        catch (JsonException exception)
        {
            throw new ExpectationException(
                $"Argument {index} of {source} is not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    public static string Show(EventArguments arguments) => string.Join(", ", arguments.Select(Show));

    private static string Show(EventArgument argument)
    {
        if (argument.IsBinary)
        {
            return $"<{argument.AsBytes().Length} bytes>";
        }

        var text = argument.ToString();
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }
}
