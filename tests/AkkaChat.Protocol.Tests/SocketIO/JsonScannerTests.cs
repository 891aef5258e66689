using System.Text;
using System.Text.Json;
using AkkaChat.Protocol.SocketIO;
using AkkaChat.Protocol.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaChat.Protocol.Tests.SocketIO;

public class JsonScannerTests
{
    private static readonly JsonRules Rules =
        new(MaxDepth: 64, MaxNameLength: 512, AttachmentCount: null, IsEvent: false);

    private static readonly JsonDocumentOptions SameDepth = new() { MaxDepth = 64 };

    [Theory]
    [InlineData("[]", "StartArray")]
    [InlineData("[1, \"a\" ,{\"b\":[2]},[]]", "StartArray", "1", "\"a\"", "{\"b\":[2]}", "[]")]
    [InlineData("[null,true ,-1.5e3]", "StartArray", "null", "true", "-1.5e3")]
    [InlineData(" [ [ 1 , 2 ] ] ", "StartArray", "[ 1 , 2 ]")]
    [InlineData("{\"a\":[1,2]}", "StartObject")]
    [InlineData("\"a\"", "String")]
    [InlineData("1", "Number")]
    [InlineData("null", "Null")]
    public void It_tells_the_kind_and_the_elements(string json, string kind, params string[] elements)
    {
        Assert.True(JsonScanner.TryScan(Wire.Bytes(json), Rules, out var result, out _));

        Assert.Equal(kind, result.Kind.ToString());
        Assert.Equal(elements, Decoding.Texts(result.Elements));
    }

    [Fact]
    public void An_error_says_where()
    {
        Assert.False(JsonScanner.TryScan(Wire.Bytes("[1,2,x]"), Rules, out _, out var error));

        Assert.Equal("the payload is not valid JSON near byte 5", error.Reason);
    }

    [Fact]
    public void Elements_of_any_array_are_found_as_they_were_written() =>
        Properties.ForAll(Generators.Json.ListOf(), values =>
        {
            var json = Wire.Bytes($"[{string.Join(" , ", values)}\n]");

            Assert.True(JsonScanner.TryScan(json, Rules, out var result, out var error), error.Reason);
            Assert.Equal(values, Decoding.Texts(result.Elements));
        });

    [Fact]
    public void It_accepts_what_JsonDocument_accepts_and_can_read_and_nothing_else() =>
        Properties.ForAll(DamagedJson(), json =>
        {
            var expected = CanBeRead(json);

            Assert.True(
                JsonScanner.TryScan(json, Rules, out _, out var error) == expected,
                $"expected {expected}, {error.Reason}: {Encoding.UTF8.GetString(json)}");
        }, runs: 3000);

    private static Gen<byte[]> DamagedJson()
    {
        var scraps = Gen.Elements(
            "\"", "\\", ",", "[", "]", "{", "}", ":", "\\ud800", "\\udc00", "\\u00", "0", "-", "e", " ", "");
        return
            from json in Generators.Json
            from scrap in scraps
            from at in Gen.Choose(0, json.Length)
            from removed in Gen.Choose(0, Math.Min(2, json.Length - at))
            select Encoding.UTF8.GetBytes(json.Remove(at, removed).Insert(at, scrap));
    }

    /// <summary>The slow way: a document, and every string in it read.</summary>
    private static bool CanBeRead(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, SameDepth);
            ReadStrings(document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void ReadStrings(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadStrings(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadStrings(member.Value);
                }

                break;
        }
    }
}
